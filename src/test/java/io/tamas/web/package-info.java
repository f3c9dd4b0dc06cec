/// Tests of the HTTP server, and [io.tamas.web.ContractCheck] for those of the routes.
@NullMarked
package io.tamas.web;

import org.jspecify.annotations.NullMarked;
