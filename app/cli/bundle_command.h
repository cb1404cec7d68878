// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"
#include "core/io/bundle/bundle.h"

namespace gesture::app {

/// Lets the engine hold a bundle's files against their networks and shows the table. InvalidInput
/// when one of them cannot be loaded; Unavailable without an engine.
[[nodiscard]] Status reportNetworks(const io::Bundle& bundle, Console& console);

} // namespace gesture::app
