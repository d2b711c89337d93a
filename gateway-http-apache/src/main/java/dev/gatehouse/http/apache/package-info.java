/** The HTTP door on Apache HttpClient 5, in the caller's thread. */
@NullMarked
package dev.gatehouse.http.apache;

import org.jspecify.annotations.NullMarked;
