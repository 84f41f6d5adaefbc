// The peer's server: express-pouchdb over LevelDB, on loopback. PORT and DIR come from the environment.
const express = require('express');
const PouchDB = require('pouchdb-node').defaults({ prefix: `${process.env.DIR}/` });
const quiet = {
  mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${process.env.DIR}/log.txt`,
};
express()
  .use('/', require('express-pouchdb')(PouchDB, quiet))
  .listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
