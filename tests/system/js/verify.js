// Checks a delivery with the official Standard Webhooks SDK: standard input is {"headers":{...},"body":"..."}; prints "ok" or why not.
const { Webhook } = require('standardwebhooks');

const [secret] = process.argv.slice(2);
let text = '';
process.stdin.on('data', (piece) => { text += piece; }).on('end', () => {
	const { headers, body } = JSON.parse(text);
	try {
		new Webhook(secret).verify(body, headers);
		console.log('ok');
	} catch (error) {
		console.log(String(error));
	}
});
