/// Secrets that must be read again, sealed before they are stored: whoever has a copy of the
/// database alone reads none of them.
@NullMarked
package io.tamas.seal;

import org.jspecify.annotations.NullMarked;
