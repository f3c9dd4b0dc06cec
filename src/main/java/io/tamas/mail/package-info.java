/// Letters to the people of the company, by SMTP.
@NullMarked
package io.tamas.mail;

import org.jspecify.annotations.NullMarked;
