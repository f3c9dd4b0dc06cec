/// The web console as it is served: the files that the build bundles from `src/main/console`. They
/// know this server by its API only, and it knows nothing of what is in them.
@NullMarked
package io.tamas.console;

import org.jspecify.annotations.NullMarked;
