"""The site as `plansite serve` shows it: built again after each change, its pages rendered when they are requested."""
