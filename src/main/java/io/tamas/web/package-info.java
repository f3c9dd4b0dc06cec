/// The HTTP server: authentication, the OpenAPI contract, problem documents (RFC 9457), files.
/// Knows no feature.
@NullMarked
package io.tamas.web;

import org.jspecify.annotations.NullMarked;
