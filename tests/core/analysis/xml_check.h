// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gesture::test {

/// What a strict reader finds in an XML document without a document type.
struct XmlReading {
    std::string fault; ///< Empty: well-formed.
    std::vector<std::string> elements;
    /// Content of <text> elements, entities resolved.
    std::vector<std::string> texts;
};

XmlReading readXml(std::string_view xml);

} // namespace gesture::test
