// Read a `_headers` file as Netlify does; print its rules and faults as JSON.

import { parseAllHeaders } from "netlify-headers-parser";

const { headers, errors } = await parseAllHeaders({ headersFiles: [process.argv[2]], minimal: true });
console.log(JSON.stringify({ headers, errors: errors.map(String) }));
