/// The configuration: one record tree read from one YAML file and the environment.
///
/// All faults are reported at once and the start is refused. Nothing else reads environment
/// variables.
@NullMarked
package io.tamas.config;

import org.jspecify.annotations.NullMarked;
