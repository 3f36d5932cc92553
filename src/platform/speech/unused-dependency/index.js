// Nothing of it is used: see package.json beside this file. One thing is called, first of all by the installer of
// onnxruntime-node where npm lets it run; it would go on to download libraries for graphics cards.
exports.bootstrap = () => process.exit(0);
