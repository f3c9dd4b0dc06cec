/// The one HTTP client for addresses that an administrator or a file can name. It reaches nothing
/// that is meant for the server's own network only (SSRF), unless the configuration allows it.
///
/// A name is resolved once, each of its addresses is judged, and one of these very addresses is
/// connected to. Redirects are not followed, and of an answer only a bounded beginning is read.
@NullMarked
package io.tamas.outbound;

import org.jspecify.annotations.NullMarked;
