/** Kinds of KubeVirt and CDI. */
export const VM = 'kubevirt.io/v1/VirtualMachine';
export const VMI = 'kubevirt.io/v1/VirtualMachineInstance';
export const DATA_VOLUME = 'cdi.kubevirt.io/v1beta1/DataVolume';
export const PVC = 'v1/PersistentVolumeClaim';
export const POD = 'v1/Pod';
