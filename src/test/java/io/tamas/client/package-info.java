/// Clients of the API, as developers make them: generated from the contract that the server serves,
/// in their languages, and used by programs of theirs (`src/test/resources/clients`).
@NullMarked
package io.tamas.client;

import org.jspecify.annotations.NullMarked;
