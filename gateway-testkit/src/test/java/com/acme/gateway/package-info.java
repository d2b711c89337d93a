/** A third party's gateway, as docs/writing-a-gateway.md tells it: small, but complete. */
@NullMarked
package com.acme.gateway;

import org.jspecify.annotations.NullMarked;
