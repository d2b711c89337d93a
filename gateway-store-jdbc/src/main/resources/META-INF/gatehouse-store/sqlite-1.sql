CREATE TABLE gatehouse_schema (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
) STRICT;

-- Has a row while copies of what was erased may be in the file.
CREATE TABLE gatehouse_copies (
  one INTEGER PRIMARY KEY CHECK (one = 1)
) STRICT;

-- E-mail: as it is compared; null once the customer was erased.
CREATE TABLE gatehouse_customer (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  email TEXT,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX gatehouse_customer_email ON gatehouse_customer (email, id)
  WHERE email IS NOT NULL;

CREATE TABLE gatehouse_checkout (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  customer TEXT NOT NULL,
  command TEXT NOT NULL,
  membership TEXT,
  wake_at INTEGER,
  payload TEXT NOT NULL,
  CONSTRAINT gatehouse_one_checkout_of_a_command UNIQUE (customer, command)
) STRICT;
CREATE INDEX gatehouse_checkout_wake ON gatehouse_checkout (wake_at, id)
  WHERE wake_at IS NOT NULL;

-- Concerns: the sum of the flags of why a person may want to look at it; null if nobody needs to.
CREATE TABLE gatehouse_payment (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  gateway TEXT NOT NULL,
  checkout TEXT,
  is_foreign INTEGER NOT NULL,
  wake_at INTEGER,
  created_at INTEGER NOT NULL,
  amount TEXT,
  concerns INTEGER,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX gatehouse_payment_checkout ON gatehouse_payment (checkout)
  WHERE checkout IS NOT NULL;
CREATE INDEX gatehouse_payment_wake ON gatehouse_payment (wake_at, id, gateway)
  WHERE wake_at IS NOT NULL;
CREATE INDEX gatehouse_payment_amount ON gatehouse_payment (amount, created_at, id)
  WHERE amount IS NOT NULL;
CREATE INDEX gatehouse_payment_concerns ON gatehouse_payment (created_at, id)
  WHERE concerns IS NOT NULL;

-- Which payment a provider means by an id: the first seen, one of ours before a foreign one. The id
-- comes first in the key, so that people who know nothing else find it, too.
CREATE TABLE gatehouse_provider_id (
  gateway TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  payment TEXT NOT NULL,
  is_foreign INTEGER NOT NULL,
  PRIMARY KEY (id, kind, gateway)
) STRICT, WITHOUT ROWID;

CREATE TABLE gatehouse_membership (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  customer TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX gatehouse_membership_customer ON gatehouse_membership (customer, id);

CREATE TABLE gatehouse_inbox (
  gateway TEXT NOT NULL,
  notice TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  wake_at INTEGER,
  payload TEXT NOT NULL,
  PRIMARY KEY (gateway, notice)
) STRICT;
CREATE INDEX gatehouse_inbox_received ON gatehouse_inbox (received_at);
CREATE INDEX gatehouse_inbox_wake ON gatehouse_inbox (wake_at, gateway, notice)
  WHERE wake_at IS NOT NULL;

CREATE TABLE gatehouse_cursor (
  gateway TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  up_to TEXT NOT NULL,
  next_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last place given to an event of a subject.
CREATE TABLE gatehouse_subject (
  subject TEXT NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gatehouse_event (
  id TEXT NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  payload TEXT, -- none if it was taken out
  CONSTRAINT gatehouse_one_event_at_a_place UNIQUE (subject, sequence)
) STRICT;
CREATE INDEX gatehouse_event_kept ON gatehouse_event (at, id)
  WHERE payload IS NOT NULL;

-- Head: the oldest of its subject that the hook did not acknowledge, and so the one to deliver.
CREATE TABLE gatehouse_delivery (
  hook TEXT NOT NULL,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  head INTEGER NOT NULL,
  failing_since INTEGER,
  parked TEXT,
  error TEXT,
  unanswered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hook, event),
  CONSTRAINT gatehouse_one_delivery_at_a_place UNIQUE (hook, subject, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX gatehouse_delivery_due ON gatehouse_delivery (hook, next_at, event)
  WHERE head AND parked IS NULL;
CREATE INDEX gatehouse_delivery_parked ON gatehouse_delivery (hook, event)
  WHERE parked IS NOT NULL;

-- What people did, and what came of it; null while it is being done.
CREATE TABLE gatehouse_action (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  reason TEXT NOT NULL,
  outcome TEXT
) STRICT;
CREATE INDEX gatehouse_action_subject ON gatehouse_action (subject, number);

-- Versions of deliveries are handed out in blocks; the next block starts here.
CREATE TABLE gatehouse_delivery_version (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL
) STRICT;
INSERT INTO gatehouse_delivery_version (one, next) VALUES (1, 1);
