// Serve a folder over HTTP/2 on a port that is free, and print the port: node serve.cjs FOLDER KEY CERTIFICATE
// Browsers speak HTTP/2 only over TLS. Parts of the index may not be cached; all other files may, for a year.
"use strict";

const fs = require("node:fs");
const http2 = require("node:http2");
const path = require("node:path");
const zlib = require("node:zlib");

const [folder, key, certificate] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css" };

/** Return the headers and the compressed content of a file, or undefined if it does not exist. */
function read(address) {
  const file = path.join(folder, path.normalize(decodeURIComponent(address.split("?")[0])));
  if (!file.startsWith(folder) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return undefined;
  const isOfIndex = file.includes(`${path.sep}search-index${path.sep}`) || file.endsWith(".html");
  const headers = {
    ":status": 200,
    "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
    "content-encoding": "gzip",
    "cache-control": isOfIndex ? "no-store" : "max-age=31536000",
  };
  return { headers, content: zlib.gzipSync(fs.readFileSync(file), { level: 6 }) };
}

const server = http2.createSecureServer({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate) });
server.on("stream", (stream, { ":path": address }) => {
  const found = read(address);
  stream.respond(found?.headers ?? { ":status": 404 });
  stream.end(found?.content);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
