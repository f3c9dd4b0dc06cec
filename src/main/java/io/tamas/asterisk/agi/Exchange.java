package io.tamas.asterisk.agi;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/// Commands that are sent one after the other, each when the previous one was answered with 200.
///
/// @param rest the commands not yet sent
/// @param answer the answer to the last command sent
record Exchange(Iterator<Command> rest, CompletableFuture<Reply> answer) {}
