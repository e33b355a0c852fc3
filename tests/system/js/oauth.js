// A token server (oauth2-mock-server) that rotates refresh tokens and forgets the old ones, as strict platforms do. It reads one line of JSON at a
// time and answers each with a line; the first line tells its port. /userinfo answers for tokens it gave out, for a server of mailboxes to ask.
const { OAuth2Server } = require('oauth2-mock-server');
const readline = require('node:readline');

const state = { expires_in: 3600, refresh: 'refresh-0', rotates: true, clients: { app: 'secret-of-app' }, mailbox: null, fail: null, is_honoured: true };
const tokens = new Map();
const log = [];
let serial = 0;

function refusal(status, error, description) {
  return { statusCode: status, body: { error, error_description: description } };
}

function judge(body) {
  if (state.fail) return { statusCode: state.fail.status, body: state.fail.body };
  if (state.clients[body.client_id] !== body.client_secret) return refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret ' + body.client_secret);
  if (body.grant_type === 'refresh_token' && body.refresh_token !== state.refresh) return refusal(400, 'invalid_grant', 'unknown ' + body.refresh_token);
  return null;
}

async function main() {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  server.service.on('beforeTokenSigning', (token) => { token.payload.jti = String(++serial); });
  server.service.on('beforeResponse', (answer, request) => {
    const refused = judge(request.body);
    log.push({ grant: request.body.grant_type, refresh: request.body.refresh_token || null, scope: request.body.scope || null, ok: !refused });
    if (refused) { Object.assign(answer, refused); return; }
    answer.body.expires_in = state.expires_in;
    tokens.set(answer.body.access_token, state.is_honoured);
    if (request.body.grant_type === 'refresh_token' && state.rotates) state.refresh = answer.body.refresh_token;
    else delete answer.body.refresh_token;
  });
  server.service.on('beforeUserinfo', (answer, request) => {
    const token = (request.headers.authorization || '').replace(/^Bearer /, '');
    answer.body = tokens.get(token) ? { active: 'true', username: state.mailbox } : { active: 'false' };
    if (!tokens.get(token)) answer.statusCode = 401;
  });
  await server.start(0, '127.0.0.1');
  console.log(JSON.stringify({ port: server.address().port }));

  const commands = {
    set: (c) => Object.assign(state, c.values),
    expire: () => { for (const t of tokens.keys()) tokens.set(t, false); return null; },
    log: () => log,
    state: () => state,
    issued: () => [...tokens.keys()],
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    console.log(JSON.stringify({ result: commands[command.do](command) }));
  }
  await server.stop();
}

main().catch((e) => { console.error(e); process.exit(1); });
