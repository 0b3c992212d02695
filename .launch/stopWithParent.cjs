// Loaded into the backend by the launcher: a portal whose launcher was killed
// must not live on in the background with its database and its services.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
