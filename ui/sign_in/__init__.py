"""Sign-in, where one is wanted: what is set, who may read, the gate before every page, and what the browser is sent between."""
