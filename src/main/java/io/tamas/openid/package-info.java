/// Signing in at an issuer of OpenID Connect: the requests to it, and the checks of what it says.
/// All requests go through [io.tamas.outbound]; who a subject is here is not known here.
@NullMarked
package io.tamas.openid;

import org.jspecify.annotations.NullMarked;
