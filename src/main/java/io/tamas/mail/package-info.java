/// E-mails to users, by SMTP.
@NullMarked
package io.tamas.mail;

import org.jspecify.annotations.NullMarked;
