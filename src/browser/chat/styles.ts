// How the chat looks. Colours keep a contrast of 4.5 to 1 at least; a page may set its own accent, under white, with
// --switchboard-chat-color.

export const STYLES = `
:host{all:initial;--accent:var(--switchboard-chat-color,#1d4ed8);position:fixed;right:20px;bottom:20px;z-index:2147483000;
font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1f2937}
*{box-sizing:border-box}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;border:0;background:none}
svg{width:22px;height:22px;display:block;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
.launcher{width:58px;height:58px;border-radius:50%;padding:0;background:var(--accent);color:#fff;display:grid;place-items:center;
box-shadow:0 6px 20px rgb(0 0 0/.25);position:relative}
.launcher svg{width:27px;height:27px}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#b91c1c;
color:#fff;font-size:12px;font-weight:600;line-height:22px;text-align:center}
.panel{position:absolute;right:0;bottom:74px;width:370px;height:min(560px,calc(100vh - 120px));display:flex;
flex-direction:column;background:#fff;border-radius:16px;overflow:hidden;box-shadow:0 12px 40px rgb(0 0 0/.28)}
.head{display:flex;align-items:center;gap:8px;background:var(--accent);color:#fff;padding:14px 10px 14px 18px}
h2{flex:1;margin:0;font-size:17px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.close{padding:7px;border-radius:8px;color:inherit}
.close:hover{background:rgb(255 255 255/.18)}
.head :focus-visible{outline-color:#fff}
.thread{flex:1;overflow-y:auto;padding:16px;display:flex;flex-direction:column;gap:10px;overscroll-behavior:contain}
.thread:focus-visible{outline-offset:-3px}
.thread p{margin:0;max-width:82%;padding:9px 13px;border-radius:16px;overflow-wrap:anywhere;white-space:pre-wrap}
.other{align-self:flex-start;background:#f1f3f5;border-bottom-left-radius:5px!important}
.mine{align-self:flex-end;background:var(--accent);color:#fff;border-bottom-right-radius:5px!important}
.thread small{display:block;margin-top:2px;font-size:12px;color:#4b5563}
.mine small{color:#fff;text-align:right}
.thread [data-waits]{background:#fff;color:#1f2937;box-shadow:inset 0 0 0 1px #6b7280}
[data-waits] small{color:#4b5563}
.by{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.status{margin:0;white-space:pre-line;padding:0 16px;font-size:13px;color:#4b5563}
.status:not(:empty){padding-bottom:8px}
details{border-top:1px solid #e5e7eb;padding:9px 16px;font-size:14px}
summary{cursor:pointer;color:#374151}
form{display:flex;flex-direction:column;gap:5px}
details form{padding:8px 0 4px}
details .status{padding:4px 0 0}
.offline{flex:1;overflow-y:auto;padding:14px 18px}
.offline p{margin:0 0 6px;padding:0}
label{font-size:13px;font-weight:600;color:#374151;margin-top:4px}
input,textarea{width:100%;padding:8px 11px;border:1px solid #6b7280;border-radius:9px;background:#fff;resize:none}
.main{margin-top:10px;padding:10px;border-radius:9px;background:var(--accent);color:#fff;font-weight:600}
.main:disabled{opacity:.75}
.writing{display:flex;align-items:flex-end;gap:8px;padding:10px 12px 12px;border-top:1px solid #e5e7eb}
.writing textarea{max-height:120px}
.attach{flex:none;width:40px;height:40px;display:grid;place-items:center;padding:0;border-radius:50%;color:#374151}
.attach:hover{background:#f1f3f5}
progress{display:block;width:auto;height:6px;margin:0 16px 8px;accent-color:var(--accent)}
.files{display:flex;flex-direction:column;gap:4px}
.files a{color:inherit;text-decoration:underline}
.text:empty,.files:empty{display:none}
.send{flex:none;width:40px;height:40px;border-radius:50%;display:grid;place-items:center;padding:0;background:var(--accent);color:#fff}
@media(max-width:480px){:host([data-open]){inset:0;width:auto}.panel{position:fixed;inset:0;width:auto;height:100dvh;border-radius:0}
:host([data-open]) .launcher{display:none}}
`;
