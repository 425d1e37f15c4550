// Executes the text on standard input by tedious. Arguments: those of ../python/client.py, with "tedious" as the driver.
// "abandon" cancels the request at its first message.
const { readFileSync } = require('fs');
const { Connection, Request } = require('tedious');

const [port, user, password, mode] = process.argv.slice(3);
if (port !== undefined) {
  const connection = new Connection({
    server: 'localhost',
    authentication: { type: 'default', options: { userName: user, password } },
    options: { port: Number(port), encrypt: true, trustServerCertificate: true, requestTimeout: 0 },
  });
  connection.connect((refused) => {
    if (refused) {
      fail(refused);
      return;
    }
    const request = new Request(readFileSync(0, 'utf8'), (error) => {
      if (error) {
        fail(error);
      }
      connection.close();
    });
    request.on('row', (columns) => console.log(columns.map((column) => column.value).join('|')));
    if (mode === 'abandon') {
      connection.once('infoMessage', () => request.cancel());
    }
    connection.execSqlBatch(request);
  });
}

function fail(error) {
  console.error('error: ' + [error, ...(error.errors ?? [])].map((each) => each.message).join(' '));
  process.exitCode = 1;
}
