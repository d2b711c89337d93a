/**
 * Services that hooks tell, emulated on the loopback interface with the limits that they document:
 * Google Analytics 4 and HubSpot. They keep what they are told, and fail as they are asked to.
 */
@NullMarked
package dev.gatehouse.testkit.sink;

import org.jspecify.annotations.NullMarked;
