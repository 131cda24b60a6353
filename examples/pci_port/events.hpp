// SPDX-License-Identifier: MIT
#ifndef PCI_PORT_EVENTS_HPP
#define PCI_PORT_EVENTS_HPP

#include <iosfwd>

/// Plays the endpoint and its port event by event, and tells what happens. Returns whether the core took every event.
[[nodiscard]] bool tell_events(std::ostream& out);

#endif
