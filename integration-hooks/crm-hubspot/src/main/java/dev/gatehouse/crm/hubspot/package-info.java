/** A hook that keeps contacts in HubSpot in step with customers and their memberships. */
@NullMarked
package dev.gatehouse.crm.hubspot;

import org.jspecify.annotations.NullMarked;
