/**
 * What an assistant finds beside the tools: resources with a project's vocabulary, prompts for common jobs, and
 * suggestions for their arguments. All of it is made of tool calls, so access, budgets and the audit log hold here too.
 */
@NullMarked
package org.openpanelmcp.guide;

import org.jspecify.annotations.NullMarked;
