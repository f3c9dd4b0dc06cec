/// Programs that measure, each beside a peer in the same run.
@NullMarked
package io.tamas.bench;

import org.jspecify.annotations.NullMarked;
