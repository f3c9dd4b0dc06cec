@NullMarked
package io.tamas.report;

import org.jspecify.annotations.NullMarked;
