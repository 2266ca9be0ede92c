"""Imports run one way: netralitas.lib <- agencies <- pledges <- the composition root."""

import ast
import graphlib

from .repository import BASE_DIR, product_code, shown, syntax_tree

# Lower layers know nothing of higher ones; this holds inside an app and between the apps.
LAYERS = [
    {"choices", "errors", "rights"},
    {"querysets"},
    {"models"},
    {"rules"},
    {"services", "reports", "documents", "roster", "tasks", "todo", "trail"},
    {"forms", "tables", "filters"},
    {"views", "accounts", "demo", "management", "templatetags"},
    {"urls", "apps"},
]
LAYER_OF = {name: height for height, names in enumerate(LAYERS) for name in names}
MAY_IMPORT = {
    "netralitas.lib": {"netralitas.lib"},
    "netralitas.templatetags": {"netralitas.lib"},
    "agencies": {"netralitas.lib", "agencies"},
    "pledges": {"netralitas.lib", "agencies", "pledges"},
    "netralitas": {"netralitas.lib", "netralitas", "agencies", "pledges"},
}
ROOTS = ("netralitas", "agencies", "pledges")


def module_name(path):
    """`agencies/models/__init__.py` is agencies.models."""
    parts = path.relative_to(BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in product_code()}


def imports_of(module):
    """The modules of this repository that `module` imports, wherever in its text."""
    found = set()
    for node in ast.walk(syntax_tree(MODULES[module])):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(_targets(module, node))
    return {name for name in found if name.split(".")[0] in ROOTS}


def _targets(module, node):
    source = node.module or ""
    if node.level:
        is_package = MODULES[module].name == "__init__.py"
        parts = module.split(".")
        base = parts[: len(parts) - node.level + is_package]
        source = ".".join(filter(None, [*base, source]))
    for alias in node.names:
        inner = f"{source}.{alias.name}"
        yield inner if inner in MODULES else source


def area_of(module):
    """The part of the product whose rules a module follows."""
    inside = [area for area in MAY_IMPORT if module == area or module.startswith(f"{area}.")]
    return max(inside, key=len)


def layer_of(module):
    """The height of a module of an app; None for an app's own package. KeyError if unlisted."""
    parts = module.split(".")
    return LAYER_OF[parts[1]] if len(parts) > 1 else None


def in_an_app(module):
    return module.split(".")[0] in {"agencies", "pledges"}


def test_every_module_of_an_app_has_a_layer():
    second = {name.split(".")[1] for name in MODULES if in_an_app(name) and "." in name}
    assert sorted(second - set(LAYER_OF)) == []


def test_no_app_imports_what_is_built_upon_it():
    wrong = [
        f"{module} imports {target}"
        for module in MODULES
        for target in imports_of(module)
        if area_of(target) not in MAY_IMPORT[area_of(module)]
    ]
    assert sorted(wrong) == []


def test_no_layer_imports_a_higher_one():
    wrong = [
        f"{module} imports {target}"
        for module in filter(in_an_app, MODULES)
        for target in filter(in_an_app, imports_of(module))
        if (layer_of(target) or 0) > (layer_of(module) or 0)
    ]
    assert sorted(wrong) == []


def test_no_modules_import_each_other_in_a_circle():
    graph = {module: imports_of(module) - {module} for module in MODULES}
    graphlib.TopologicalSorter(graph).prepare()


def test_nothing_is_imported_inside_a_function():
    wrong = [
        f"{shown(path)}:{inner.lineno}"
        for path in product_code()
        if path.name != "apps.py"
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []
