/// The configuration: one record tree read from one YAML file and the environment.
///
/// Every fault is told at once and the start is refused. Nothing else reads environment variables.
@NullMarked
package io.tamas.config;

import org.jspecify.annotations.NullMarked;
