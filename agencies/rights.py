"""What one user may do: the roles held, as a plain value that rules ask."""

from dataclasses import dataclass

from treebeard.mp_tree import MP_Node


@dataclass(frozen=True)
class Rights:
    """The roles of a user as pairs of role name and the agency's path in the tree.

    `held` are the same with the agency's key, which stays when the agency moves.
    """

    grants: tuple[tuple[str, str], ...] = ()
    held: tuple[tuple[str, int], ...] = ()

    def holds(self, agency, *role_names):
        """Whether one of `role_names` is held on `agency` or on anything above it."""
        return any(
            role in role_names and agency.path.startswith(path) for role, path in self.grants
        )

    def holds_any(self, *role_names):
        """Whether one of `role_names` is held anywhere."""
        return any(role in role_names for role, _ in self.grants)

    def paths(self, *role_names):
        """The paths on which one of `role_names` is held (any role if none is named)."""
        return sorted({path for role, path in self.grants if not role_names or role in role_names})

    def government_paths(self, *role_names):
        """The paths of the governments on whose root one of `role_names` is held."""
        return [path for path in self.paths(*role_names) if len(path) == MP_Node.steplen]


NO_RIGHTS = Rights()
