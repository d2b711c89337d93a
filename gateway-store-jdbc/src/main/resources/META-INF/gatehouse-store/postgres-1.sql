CREATE TABLE gatehouse_schema (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version integer NOT NULL,
  fingerprint text NOT NULL
);

-- E-mail: as it is compared; null once the customer was erased.
CREATE TABLE gatehouse_customer (
  id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  email text COLLATE "C",
  payload text NOT NULL
);
CREATE INDEX gatehouse_customer_email ON gatehouse_customer (email, id)
  WHERE email IS NOT NULL;

CREATE TABLE gatehouse_checkout (
  id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  customer text COLLATE "C" NOT NULL,
  command text COLLATE "C" NOT NULL,
  membership text COLLATE "C",
  wake_at bigint,
  payload text NOT NULL,
  CONSTRAINT gatehouse_one_checkout_of_a_command UNIQUE (customer, command)
);
CREATE INDEX gatehouse_checkout_wake ON gatehouse_checkout (wake_at, id)
  WHERE wake_at IS NOT NULL;

-- Concerns: the sum of the flags of why a person may want to look at it; null if nobody needs to.
CREATE TABLE gatehouse_payment (
  id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  gateway text COLLATE "C" NOT NULL,
  checkout text COLLATE "C",
  is_foreign boolean NOT NULL,
  wake_at bigint,
  created_at bigint NOT NULL,
  amount text COLLATE "C",
  concerns bigint,
  payload text NOT NULL
);
CREATE INDEX gatehouse_payment_checkout ON gatehouse_payment (checkout)
  WHERE checkout IS NOT NULL;
CREATE INDEX gatehouse_payment_wake ON gatehouse_payment (wake_at, id)
  WHERE wake_at IS NOT NULL;
CREATE INDEX gatehouse_payment_amount ON gatehouse_payment (amount, created_at, id)
  WHERE amount IS NOT NULL;
CREATE INDEX gatehouse_payment_concerns ON gatehouse_payment (created_at, id)
  WHERE concerns IS NOT NULL;

-- Which payment a provider means by an id: the first seen, one of ours before a foreign one. The id
-- comes first in the key, so that people who know nothing else find it, too.
CREATE TABLE gatehouse_provider_id (
  gateway text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  payment text COLLATE "C" NOT NULL,
  is_foreign boolean NOT NULL,
  PRIMARY KEY (id, kind, gateway)
);

CREATE TABLE gatehouse_membership (
  id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  customer text COLLATE "C" NOT NULL,
  payload text NOT NULL
);
CREATE INDEX gatehouse_membership_customer ON gatehouse_membership (customer, id);

CREATE TABLE gatehouse_inbox (
  gateway text COLLATE "C" NOT NULL,
  notice text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  received_at bigint NOT NULL,
  wake_at bigint,
  payload text NOT NULL,
  PRIMARY KEY (gateway, notice)
);
CREATE INDEX gatehouse_inbox_received ON gatehouse_inbox (received_at);
CREATE INDEX gatehouse_inbox_wake ON gatehouse_inbox (wake_at, gateway, notice)
  WHERE wake_at IS NOT NULL;

CREATE TABLE gatehouse_cursor (
  gateway text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  up_to text NOT NULL,
  next_at text NOT NULL
);

-- Whoever gives places to events of a subject, or changes which delivery is its head, holds this
-- row: so places have no gaps, are seen in order, and no subject is left without a head.
CREATE TABLE gatehouse_subject (
  subject text COLLATE "C" PRIMARY KEY,
  last bigint NOT NULL
);

CREATE TABLE gatehouse_event (
  id text COLLATE "C" PRIMARY KEY,
  subject text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  at bigint NOT NULL,
  type text NOT NULL,
  payload text, -- none if it was taken out
  CONSTRAINT gatehouse_one_event_at_a_place UNIQUE (subject, sequence)
);
CREATE INDEX gatehouse_event_kept ON gatehouse_event (at, id)
  WHERE payload IS NOT NULL;

-- Head: the oldest of its subject that the hook did not acknowledge, and so the one to deliver.
CREATE TABLE gatehouse_delivery (
  hook text COLLATE "C" NOT NULL,
  event text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  at bigint NOT NULL,
  version bigint NOT NULL,
  attempts integer NOT NULL,
  next_at bigint NOT NULL,
  head boolean NOT NULL,
  failing_since bigint,
  parked text,
  error text,
  unanswered integer NOT NULL DEFAULT 0,
  PRIMARY KEY (hook, event),
  CONSTRAINT gatehouse_one_delivery_at_a_place UNIQUE (hook, subject, sequence)
);
CREATE INDEX gatehouse_delivery_due ON gatehouse_delivery (hook, next_at, event)
  WHERE head AND parked IS NULL;
CREATE INDEX gatehouse_delivery_parked ON gatehouse_delivery (hook, event)
  WHERE parked IS NOT NULL;

-- What people did, and what came of it; null while it is being done.
CREATE TABLE gatehouse_action (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  actor text NOT NULL,
  what text NOT NULL,
  subject text COLLATE "C" NOT NULL,
  detail text NOT NULL,
  reason text NOT NULL,
  outcome text
);
CREATE INDEX gatehouse_action_subject ON gatehouse_action (subject, number);

CREATE SEQUENCE gatehouse_delivery_version;

CREATE FUNCTION gatehouse_next_version() RETURNS bigint LANGUAGE sql VOLATILE
  AS $$ SELECT nextval('gatehouse_delivery_version') $$;

-- Ends a commit one of whose parts did not find what it rests on.
CREATE FUNCTION gatehouse_stale(part integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'GH001', MESSAGE = part;
END $$;

-- The plans of a function are kept as long as the connection. One that was made while a table was
-- empty, as deliveries often are, would read the whole table for ever: so they use indexes only.

-- Whether nothing waits of the subject for the hook. A statement sees what was there when it began;
-- a function sees what is there when it is called, which is after whoever held the subject. That
-- this one is called after that is why it wants to know the last place, which is given then.
CREATE FUNCTION gatehouse_is_head(new_hook text, new_subject text, last bigint)
RETURNS boolean LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
BEGIN
  RETURN NOT EXISTS (SELECT 1 FROM gatehouse_delivery t
    WHERE t.hook = new_hook AND t.subject = new_subject);
END $$;

-- Takes in hand what is due for a hook, and leaves what others are taking at this moment to them.
CREATE FUNCTION gatehouse_claim(its_hook text, now bigint, until bigint, at_most integer)
RETURNS TABLE (c_hook text, c_sequence bigint, c_version bigint, c_attempts integer,
  c_next_at bigint, c_failing_since bigint, c_parked text, c_error text, c_unanswered integer,
  c_payload text)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  found text[];
BEGIN
  found := ARRAY(SELECT d.event FROM gatehouse_delivery d
    WHERE d.hook = its_hook AND d.head AND d.parked IS NULL AND d.next_at <= now
    ORDER BY d.next_at, d.event LIMIT at_most FOR UPDATE SKIP LOCKED);
  RETURN QUERY
    WITH taken AS (UPDATE gatehouse_delivery d
      SET next_at = until, unanswered = d.unanswered + 1,
        version = nextval('gatehouse_delivery_version')
      WHERE d.hook = its_hook AND d.event = ANY (found) RETURNING d.*)
    SELECT t.hook, t.sequence, t.version, t.attempts, t.next_at, t.failing_since, t.parked,
      t.error, t.unanswered, e.payload
      FROM taken t JOIN gatehouse_event e ON e.id = t.event
      ORDER BY array_position(found, t.event);
END $$;

-- Takes deliveries away; returns the places in the arrays of those that were changed since, and of
-- those whose subject somebody else holds. Patience, in milliseconds, is how long to wait for each:
-- if it is 0, not at all, so that many may be given at once and one that is held delays none of
-- them; if it is null, as long as this connection waits for anything. Who waits is to give one
-- only: whoever was taken before it would be held meanwhile, and is not taken if it fails.
CREATE FUNCTION gatehouse_acknowledge(
  hooks text[], events text[], subjects text[], versions bigint[], patience integer
) RETURNS TABLE (place integer, busy boolean) LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF patience > 0 THEN
    PERFORM set_config('lock_timeout', least(patience, (SELECT nullif(s.setting::integer, 0)
      FROM pg_catalog.pg_settings s WHERE s.name = 'lock_timeout'))::text, true);
  END IF;
  FOR i IN 1 .. cardinality(events) LOOP
    IF patience = 0 THEN
      PERFORM 1 FROM gatehouse_subject t WHERE t.subject = subjects[i] FOR UPDATE SKIP LOCKED;
      IF NOT FOUND AND EXISTS (SELECT 1 FROM gatehouse_subject t WHERE t.subject = subjects[i])
      THEN
        place := i;
        busy := true;
        RETURN NEXT;
        CONTINUE;
      END IF;
    ELSE
      PERFORM 1 FROM gatehouse_subject t WHERE t.subject = subjects[i] FOR UPDATE;
    END IF;
    DELETE FROM gatehouse_delivery t
      WHERE t.hook = hooks[i] AND t.event = events[i] AND t.version = versions[i];
    IF FOUND THEN
      UPDATE gatehouse_delivery t SET head = true
        WHERE t.hook = hooks[i] AND t.subject = subjects[i] AND NOT t.head
        AND t.sequence = (SELECT min(w.sequence) FROM gatehouse_delivery w
          WHERE w.hook = hooks[i] AND w.subject = subjects[i]);
    ELSE
      place := i;
      busy := false;
      RETURN NEXT;
    END IF;
  END LOOP;
END $$;
