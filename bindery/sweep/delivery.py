"""What the workers of a cluster lack before they can run anything: the same Python and packages as
here, which a person installs, and the project, which is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bindery.cache.files import canonical
from bindery.faults import BinderyError, Fault
from bindery.sweep.parcel import Parcel

# so many differences are told of a worker; another lock changes everything at once
_TOLD = 3


class Delivery:
    """One parcel, for all workers of a scheduler; `name` is the sweep's.

    `lock` is what the project calls its lock file.
    """

    def __init__(
        self, client: Any, parcel: Parcel, name: str, lock: str, tell: Callable[[str], Any]
    ):
        self.client, self.parcel, self.name = client, parcel, name
        self.lock, self.tell = lock, tell
        self._begun = False

    def start(self) -> None:
        """See that everything there is as it is here, and send what is missing.

        Raises BinderyError with all that differs.
        """
        self._require_same_python()
        self._send_envoy()
        self.send(None)

    def end(self) -> None:
        """Workers let go of what they hold for this sweep; files stay for the next one."""
        if self._begun:
            self.client.unregister_worker_plugin(self.name)

    def send(self, workers: Sequence[str] | None) -> None:
        """Send what these workers lack, of all if None; once where several share a disk."""
        states = self._ask("state", workers=workers)
        self._require_same_packages(states)
        lacking = {state["place"]: worker for worker, state in states.items() if state["missing"]}
        if not lacking:
            return
        chosen = list(lacking.values())
        wanted = {checksum for worker in chosen for checksum in states[worker]["missing"]}
        for piece in self.parcel.pieces(wanted):
            self._ask("receive", piece, workers=chosen)
        self._ask("assemble", workers=chosen)
        size = self.parcel.size(wanted) / 1e6
        files = f"{len(wanted)} file{'s' if len(wanted) > 1 else ''}"
        places = f"{len(chosen)} machine{'s' if len(chosen) > 1 else ''}"
        self.tell(f"{files} ({size:.1f} MB) sent to {places}")

    def _send_envoy(self) -> None:
        import cloudpickle

        from bindery.sweep import envoy, shelf

        parcel = self.parcel
        sent = envoy.Envoy(
            self.name,
            parcel.digest,
            parcel.files,
            parcel.folders,
            parcel.code,
            envoy.installed_versions(),
        )
        travelling = envoy, shelf
        for module in travelling:
            cloudpickle.register_pickle_by_value(module)
        try:
            self.client.register_plugin(sent)
            self._begun = True
        finally:
            for module in travelling:
                cloudpickle.unregister_pickle_by_value(module)

    def _ask(self, method: str, *words: Any, workers: Sequence[str] | None) -> dict[str, Any]:
        """What the envoys of some workers answer; one that has gone meanwhile does not."""
        from distributed.comm import CommClosedError

        from bindery.sweep.envoy import asker

        said = self.client.run(asker(self.name, method), *words, workers=workers, on_error="return")
        failed = {
            worker: answer
            for worker, answer in said.items()
            if isinstance(answer, Exception) and not isinstance(answer, CommClosedError)
        }
        if failed:
            faults = [
                Fault(f"worker {worker}", f"{type(error).__name__}: {error}", "room for the files")
                for worker, error in failed.items()
            ]
            raise BinderyError("the project could not be laid out on the cluster", faults[:_TOLD])
        return {
            worker: answer for worker, answer in said.items() if not isinstance(answer, Exception)
        }

    def _require_same_python(self) -> None:
        versions = self.client.get_versions()
        here = _python(versions["client"])
        named = {"the scheduler": versions["scheduler"]}
        named |= {f"worker {worker}": said for worker, said in versions["workers"].items()}
        faults = [
            Fault(
                who,
                found,
                here,
                "start it with the same Python and the same lock, on the same kind of machine",
            )
            for who, said in named.items()
            if (found := _python(said)) != here
        ]
        self._raise(faults)

    def _require_same_packages(self, states: Mapping[str, Mapping[str, Any]]) -> None:
        alike: dict[str, list[str]] = {}
        for worker, state in states.items():
            if state["differing"]:
                alike.setdefault(canonical(state["differing"]), []).append(worker)
        faults = [
            Fault(
                _workers(workers),
                *_both_sides(states[workers[0]]["differing"]),
                f"install the same lock there, {self.lock} of this project, and start it again",
            )
            for workers in alike.values()
        ]
        self._raise(faults)

    def _raise(self, faults: Sequence[Fault]) -> None:
        if faults:
            more = [f"and {len(faults) - _TOLD} more"] if len(faults) > _TOLD else []
            raise BinderyError(
                "what is installed on the cluster is not what is installed here, so its numbers "
                f"would not be those of this machine{''.join(f' ({text})' for text in more)}",
                faults[:_TOLD],
            )


def _python(said: Mapping[str, Any]) -> str:
    host, packages = said["host"], said["packages"]
    return (
        f"Python {host['python']} with distributed {packages['distributed']} "
        f"on {host['OS']} {host['machine']}"
    )


def _workers(workers: Sequence[str]) -> str:
    more = f" and {len(workers) - 1} more" if len(workers) > 1 else ""
    return f"worker {workers[0]}{more}"


def _both_sides(differing: Mapping[str, Sequence[str | None]]) -> tuple[str, str]:
    """The differing packages as they are there, and as they are here."""
    told = list(differing.items())[:_TOLD]
    more = f" and {len(differing) - _TOLD} more" if len(differing) > _TOLD else ""
    there, here = (
        ", ".join(f"{name} {pair[side] or 'missing'}" for name, pair in told) for side in (0, 1)
    )
    return f"{there}{more}", here
