/** Keeps the documentation true: snippets, generated blocks, links, names and dependencies. */
@NullMarked
package dev.gatehouse.docs;

import org.jspecify.annotations.NullMarked;
