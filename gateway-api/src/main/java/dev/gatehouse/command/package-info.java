/**
 * What an application can ask for: records that are checked whole before anything else happens.
 * Each carries the caller's own key; the same command under the same key is carried out once.
 */
@NullMarked
package dev.gatehouse.command;

import org.jspecify.annotations.NullMarked;
