/// Phones for demonstration: they place or answer one call at a time over real SIP and send a tone.
/// Not meant for people, and no part of the server.
@NullMarked
package io.tamas.cli.phone;

import org.jspecify.annotations.NullMarked;
