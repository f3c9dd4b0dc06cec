/// Tests of speech and mail, with the real programs.
@NullMarked
package io.tamas.mail;

import org.jspecify.annotations.NullMarked;
