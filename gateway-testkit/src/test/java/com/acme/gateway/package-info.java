/** A third party's gateway, as docs/gateways.md drops it in: small, without a library. */
@NullMarked
package com.acme.gateway;

import org.jspecify.annotations.NullMarked;
