/** The gateway to Nordlicht Bank, which does not exist. */
package com.nordlicht.gateway;
