// Scan a host, named as `name:port`, by the rules of the HTTP Observatory; print what was found as JSON.
// One port answers http and https, as the scanner asks both at the same name.

import fs from "node:fs";
import { scan } from "@mdn/mdn-http-observatory";

// The package looks a host up in the browsers' own list of https-only names, which it would download. A host of ours is
// on no such list, so an empty one says the same.
const list = new URL("../conf/hsts-preload.json", import.meta.resolve("@mdn/mdn-http-observatory"));
if (!fs.existsSync(list)) fs.writeFileSync(list, "{}");

const { scan: whole, tests } = await scan(process.argv[2]);
const each = Object.entries(tests).map(([name, { result, pass, scoreModifier }]) => [name, { result, pass, scoreModifier }]);
console.log(JSON.stringify({ grade: whole.grade, score: whole.score, tests: Object.fromEntries(each) }));
