// Signs standard input with the official Standard Webhooks SDK and prints the three headers as JSON: node sign.js SECRET ID
const { Webhook } = require('standardwebhooks');

const [secret, id] = process.argv.slice(2);
let body = '';
process.stdin.on('data', (piece) => { body += piece; }).on('end', () => {
	const at = new Date();
	console.log(JSON.stringify({
		'webhook-id': id,
		'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
		'webhook-signature': new Webhook(secret).sign(id, at, body),
	}));
});
