"""From a request over HTTP to an answer, and the handle that programs hold on it."""
