/// Users: who they are, how they sign in, and the sessions by which they are known after that.
/// Implements [io.tamas.web.Browsers]; what a role may do is in the contract and in
/// [io.tamas.web.Principal].
@NullMarked
package io.tamas.user;

import org.jspecify.annotations.NullMarked;
