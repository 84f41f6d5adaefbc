// The peer's client: fills a local PouchDB with documents, one a line, and replicates it to a server.
// node pouch_push.js DOCUMENTS URL FOLDER BATCH; prints the seconds and what the server holds.
const fs = require('fs');
const PouchDB = require('pouchdb-node');
const [documents, url, folder, batch] = process.argv.slice(2);

async function main() {
  const local = new PouchDB(`${folder}/local`);
  const remote = new PouchDB(url);
  const lines = fs.readFileSync(documents, 'utf8').trim().split('\n').map(JSON.parse);
  for (let at = 0; at < lines.length; at += 1000) await local.bulkDocs(lines.slice(at, at + 1000));
  const begun = process.hrtime.bigint();
  await local.replicate.to(remote, { batch_size: Number(batch), batches_limit: 10 });
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(JSON.stringify({ seconds, held: (await remote.info()).doc_count }));
  process.exit(0);
}

main().catch((error) => { console.error(error); process.exit(1); });
