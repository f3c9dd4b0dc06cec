/// Tests of ARI, with an Asterisk that follows a script where a fault is wanted.
@NullMarked
package io.tamas.asterisk.ari;

import org.jspecify.annotations.NullMarked;
