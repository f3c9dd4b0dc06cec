/// Phones for demonstration: they place or answer one call at a time over real SIP and send a tone.
/// Not for real use, and not part of the server.
@NullMarked
package io.tamas.cli.phone;

import org.jspecify.annotations.NullMarked;
