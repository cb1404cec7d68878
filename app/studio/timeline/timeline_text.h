// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace gesture::app {

/// Timeline::tr: the texts of lanes, tools and tips in one context for translators.
struct Timeline final {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

} // namespace gesture::app
