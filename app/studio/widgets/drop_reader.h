// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"

#include <QMimeData>
#include <QString>

#include <filesystem>
#include <vector>

namespace gesture::app {

/// What dropping files here would do.
struct DropOffer {
    std::vector<std::filesystem::path> paths; ///< Empty: nothing that can be opened.
    QString offer;                            ///< "Open this motion", for the target.
    QString refusal;                          ///< Why not; empty otherwise.
};

[[nodiscard]] DropOffer readDrop(const QMimeData& data, const Document& document);

} // namespace gesture::app
