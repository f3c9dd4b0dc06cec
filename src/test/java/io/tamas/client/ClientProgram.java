package io.tamas.client;

import java.nio.file.Path;
import java.util.List;

/// A program that uses a generated client.
record ClientProgram(Path folder, List<String> command) {}
