"""What the outbox asks of accreditation: where a letter to a protected person really goes."""

from accreditation import aliases

address_behind = aliases.address_behind
