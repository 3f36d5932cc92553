// Deliberately empty: see package.json beside this file.
