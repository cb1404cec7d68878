// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/services/settings.h"

#include <map>

namespace gesture::app {

/// Whose keys the actions have at first.
enum class KeySet { Studio, Blender, Maya };

/// The keys of an action in a set: those of the table but for what the other program's users
/// expect.
[[nodiscard]] QList<QKeySequence> keysIn(KeySet set, ActionId id);

/// The action that has this key besides `than`; Count: none.
[[nodiscard]] ActionId ownerOf(const Actions& actions, const QKeySequence& key, ActionId than);

/// Gives all actions the keys of the chosen set, and over them those that people chose.
void applyKeys(const Settings& settings, const Actions& actions);

/// Gives an action one key (an empty one: none), takes it from the action that had it, and keeps
/// both choices.
void chooseKey(Settings& settings, const Actions& actions, ActionId id, const QKeySequence& key);

} // namespace gesture::app
